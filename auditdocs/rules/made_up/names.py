"""Names for a council that does not exist: its people, its areas, its places. All invented."""

from auditdocs.rules.made_up.chance import Chance

LOCAL_AUTHORITY = "Larkmere"
COUNCIL = f"{LOCAL_AUTHORITY} Borough Council (fictional)"

_FORENAMES = (
    "Ottilie", "Bram", "Zuleika", "Ansel", "Perpetua", "Idris", "Marigold", "Caspian",
    "Nkechi", "Fergus", "Zoë", "Lorcan", "Sunniva", "Ravi", "Clementine", "Dashiell",
    "Ingrid", "Barnaby", "Aroha", "Mordecai", "Saffron", "Tevye", "Philippa", "Ngaio",
    "Cormac", "Beatrix", "Hamza", "Juniper", "Alasdair", "Esi", "Rafferty", "Briony",
    "Takumi", "Leocadia", "Gwilym", "Parveen", "Linus", "Żaneta", "Crispin", "Odette",
    "Jago", "Thandiwe", "Rufus", "Mirren", "Anouk", "Bertram", "Imelda",
)  # fmt: skip
_SURNAMES = (
    "Pebblewick", "Dunnockshaw", "O'Fernley", "Tansyfield", "Quernstone", "Bracklewhite",
    "Merrowby", "Sorrelgate", "Gullivant", "Hathersedge", "Nettlecombe", "Wimblethorn",
    "Lapwingham", "Cobblepot-Rae", "Driftmoor", "Yewlander", "Puddifant", "Starvecrow",
    "Ottershaugh", "Fallowmead", "Candleshore", "Rushbottle", "Velloway", "Teaselworth",
    "Amberlough", "Kestrelby", "Snowdropper", "Inglenooke", "Bellfounder", "Jackdawson",
    "van Tollemere", "Marrowfat", "Hobblethwaite", "Speedwellian", "Catkinsop", "Larchenby",
    "Windlestrow", "Plumtrellis", "Corncrakeley", "Shufflebeck", "Gossamere", "Thimblerigg",
    "Umberfold", "Bogbeanley", "Foxtrottle", "Mallowdale", "Wheatearly", "Pennywhist",
    "Dapplegrove", "Harebellow", "Quincewright", "Lumberjoy", "Oxlipton", "Swanherder",
    "Turnstile-Oak", "Vetchling", "Crabapplin", "Siskinner", "Moorhenley", "Bilberrow",
    "Elderflow", "Ptarmiganne", "Goosegrave", "Ravelstitch", "Hollowayne", "Samphirely",
    "Knapweedon", "Tumbleford", "Figgiswick", "Brambleton", "Zinnerby",
)  # fmt: skip
_AREA_STARTS = (
    "Alder", "Birch", "Clover", "Dusty", "Ebb", "Fleet", "Gorse", "Heron", "Ivy", "Jet",
)  # fmt: skip
_AREA_ENDS = ("combe", "dyke", "ferry", "garth", "holme", "lea", "ness", "pool", "stow", "wick")
_STRIDE = 1009
"""Prime to the number of names, so that neighbours on a list are not neighbours in a team."""

_PAIRS = len(_FORENAMES) * len(_SURNAMES)


def person_name(chance: Chance, place: int) -> str:
    """The name of the person at that place on the staff list, nobody else's in this council.

    The two lists have lengths with no common factor, so that every pair comes once in a lap.
    """
    start = chance.number("names", low=0, high=_PAIRS - 1)
    pair, lap = (start + place * _STRIDE) % _PAIRS, place // _PAIRS
    name = f"{_FORENAMES[pair % len(_FORENAMES)]} {_SURNAMES[pair % len(_SURNAMES)]}"
    return f"{name} {lap + 1}" if lap else name


def area_name(place: int) -> str:
    """The name of the service's area at that place: East, West, then invented villages."""
    if place < 2:
        return ("East", "West")[place]
    lap, spot = divmod(place - 2, len(_AREA_STARTS) * len(_AREA_ENDS))
    name = _AREA_STARTS[spot % len(_AREA_STARTS)] + _AREA_ENDS[spot // len(_AREA_STARTS)]
    return f"{name} {lap + 1}" if lap else name
