"""The status page: one self-contained HTML file that opens from a share, prints, and runs nothing.

Every text is escaped by the engine. What needs a person is said in words, not by colour alone.
"""

import hashlib
from dataclasses import replace

from auditdocs.model.standing import Standing
from auditdocs.rules.calendar.dates import uk_date

_PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="auditdocs-standing" content="{{ seal }}">
<title>Case audits: how things stand on {{ day }}</title>
<style>
body { font: 1.0625rem/1.5 Arial, Helvetica, sans-serif; color: #111; background: #fff;
  max-width: 62rem; margin: 0 auto; padding: 1rem 1.5rem 3rem; }
h1 { font-size: 1.75rem; margin: 0.5rem 0; }
h2 { font-size: 1.25rem; margin: 2rem 0 0.25rem; padding-top: 0.75rem; border-top: 2px solid #111; }
p { margin: 0.4rem 0; }
.marking { font-weight: bold; letter-spacing: 0.03em; }
.sum { font-size: 1.2rem; font-weight: bold; border-left: 0.4rem solid #1d5c2e;
  padding: 0.4rem 0.8rem; background: #eef6f0; }
.sum.act { border-color: #9c1c00; background: #fdf1ee; }
nav ul { padding-left: 1.2rem; columns: 2; }
table { border-collapse: collapse; width: 100%; margin: 0.5rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.8rem 0.35rem 0;
  border-bottom: 1px solid #bbb; overflow-wrap: anywhere; }
thead th { border-bottom: 2px solid #555; }
tbody th { font-weight: normal; }
th.ref { width: 17rem; }
th.day { width: 7rem; }
tr.act > * { background: #fdf1ee; }
.flag { font-weight: bold; color: #9c1c00; }
@media print { body { max-width: none; padding: 0; font-size: 11pt; } nav { display: none; }
  thead { display: table-header-group; } tr { break-inside: avoid; } h2 { break-after: avoid; } }
</style>
</head>
<body>
<header>
<p class="marking">{{ standing.marking }}</p>
<h1>Case audits: how things stand</h1>
<p>{{ standing.service }}, {{ day }}.{% if standing.looked %}
 As it was when the inbox was looked at, at {{ standing.looked }}.{% endif %}</p>
<p class="sum{% if standing.late %} act{% endif %}">{% if standing.late %}{{ standing.late }}
{{ "matter needs" if standing.late == 1 else "matters need" }} a person.
{% else %}Nothing needs a person now.{% endif %}</p>
</header>
<nav aria-label="On this page"><ul>
{% for section in standing.sections %}<li><a href="#s{{ loop.index }}">{{ section.title }}</a>
({{ section.items|length + section.left }})</li>
{% endfor %}</ul></nav>
<main>
{% for section in standing.sections %}<section aria-labelledby="s{{ loop.index }}">
<h2 id="s{{ loop.index }}">{{ section.title }}</h2>
{% if not section.items %}<p>{{ section.nothing }}</p>
{% else %}
{% set teams = section.items|selectattr("team")|list %}
{% set dues = section.items|selectattr("due")|list %}
<table aria-labelledby="s{{ loop.index }}">
<thead><tr><th scope="col" class="ref">{{ section.about }}</th><th scope="col">How it stands</th>
{% if teams %}<th scope="col" class="team">Team</th>{% endif %}
{% if dues %}<th scope="col" class="day">Due</th>{% endif %}</tr></thead>
<tbody>
{% for item in section.items %}<tr{% if item.late %} class="act"{% endif %}>
<th scope="row">{{ item.about }}</th>
<td>{% if item.late %}<span class="flag">To do:</span> {% endif %}{{ item.text }}</td>
{% if teams %}<td>{{ item.team }}</td>{% endif %}
{% if dues %}<td>{{ uk_date(item.due) if item.due else "" }}</td>{% endif %}</tr>
{% endfor %}</tbody>
</table>
{% if section.more %}<p>{{ section.more }}</p>{% endif %}
{% endif %}</section>
{% endfor %}</main>
<footer><p>Written by auditdocs whenever something changes, and once an hour while it looks at the
inbox: where it always does and the time above is older than that, it has stopped, so tell whoever
looks after it. It holds references and counts, no names
of children. “auditdocs status” and “auditdocs due” show the same.</p></footer>
</body>
</html>
"""


def status_page(standing: Standing) -> bytes:
    """The page, UTF-8. It carries a seal over what it says, the minutes of the time left out."""
    from jinja2 import Environment, StrictUndefined  # late: only a command that writes needs it

    engine = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    page = engine.from_string(_PAGE)
    words = {"standing": standing, "day": uk_date(standing.today), "uk_date": uk_date}
    return page.render(**words, seal=seal(standing)).encode()


def seal(standing: Standing) -> str:
    """A hash of what the page says; of when the inbox was last looked at, the hour alone."""
    hour = standing.looked.partition(":")[0] + standing.looked.partition(" on")[2]
    return hashlib.sha256(repr(replace(standing, looked=hour)).encode()).hexdigest()


def is_sealed(page: bytes, standing: Standing) -> bool:
    """Whether a page says just this already."""
    return f'content="{seal(standing)}"'.encode() in page
