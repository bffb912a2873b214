"""The service's contracts and forms on disk."""

import pytest

from auditdocs.errors import ContractFault, TemplateFault
from auditdocs.places.templates import (
    contracts,
    form_template,
    keep_contract,
    kept_contract,
    kept_contracts,
)
from auditdocs.places.workspace import shipped_templates

SHORT = """key = "{key}"
prefix = "{prefix}"
title = "Case Audit ({key})"
version = 1
[[sections]]
title = "One"
[[sections.items]]
id = "{key}_one"
label = "One"
type = "yn"
"""


def written(folder, name, **words):
    """A contract on disk."""
    place = folder / "forms" / f"{name}.toml"
    place.parent.mkdir(parents=True, exist_ok=True)
    text = SHORT.format(**({"key": name, "prefix": name[:1].upper()} | words))
    place.write_text(text, encoding="utf-8")
    return place


def test_the_shipped_types_are_all_there():
    assert set(contracts(shipped_templates())) >= {"completeness", "quality", "head-of-service"}


def test_every_fault_of_every_contract_is_told_at_once(tmp_path):
    written(tmp_path, "one").write_text("key = ", encoding="utf-8")
    written(tmp_path, "two", prefix="lower case")
    with pytest.raises(ContractFault) as caught:
        contracts(tmp_path)
    assert "one.toml" in caught.value.text
    assert "two.toml" in caught.value.text


def test_two_types_with_one_prefix_are_a_fault(tmp_path):
    written(tmp_path, "one", prefix="X")
    written(tmp_path, "two", prefix="X")
    with pytest.raises(ContractFault, match='prefix "X"'):
        contracts(tmp_path)


def test_a_missing_word_form_says_how_to_build_it(tmp_path):
    written(tmp_path, "one")
    with pytest.raises(TemplateFault) as caught:
        form_template(tmp_path, contracts(tmp_path)["one"])
    assert "auditdocs template new" in caught.value.hint


def test_a_contract_that_forms_were_issued_by_is_kept_for_ever(tmp_path):
    templates, archive = tmp_path / "templates", tmp_path / "archive"
    place = written(templates, "one")
    first = contracts(templates)["one"]
    keep_contract(archive, templates, first)
    place.write_text(place.read_text(encoding="utf-8").replace("= 1", "= 2"), encoding="utf-8")
    second = contracts(templates)["one"]
    keep_contract(archive, templates, second)
    assert kept_contract(archive, first.fingerprint) == first
    assert kept_contract(archive, second.fingerprint) == second
    assert kept_contract(archive, "0" * 64) is None


@pytest.mark.parametrize("damage", [b"key = ", b"\xff\xfe\x00"])
def test_a_kept_contract_that_was_damaged_is_named(tmp_path, damage):
    kept = tmp_path / "contracts" / "one-v1-0123456789ab.toml"
    kept.parent.mkdir()
    kept.write_bytes(damage)
    with pytest.raises(ContractFault) as caught:
        kept_contracts(tmp_path)
    assert kept.name in caught.value.where
    assert "backup" in caught.value.hint
