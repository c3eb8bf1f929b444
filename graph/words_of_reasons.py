"""What stances and conditions are called where reasons are told, and whether these are met, in Dutch and in English."""

STANCES = {
    "offers": ("biedt", "offers"),
    "refers": ("verwijst door voor", "refers for"),
    "declines": ("doet dit niet zelf", "does not do this itself"),
}
ELSEWHERE = ("helpt in een andere gemeente dan die van jullie", "helps in another municipality than yours")
ELSEWHERE_UNKNOWN = (
    "helpt vooral in de eigen gemeente; of jullie daar zitten, is onbekend",
    "helps mostly in its own municipality; whether you are there is unknown",
)
CONDITIONS = {
    "themes": ("voor thema’s", "for themes"),
    "area": ("gebied", "area"),
    "legal_form": ("rechtsvorm", "legal form"),
    "members_of": ("voor leden van", "for members of"),
    "amount": ("bedrag", "amount"),
    "window": ("wanneer", "when"),
    "conditions": ("voorwaarden", "conditions"),
}
MET = {
    True: ("past", "fits"),
    False: ("past niet", "does not fit"),
    None: ("onbekend of dat past", "unknown whether it fits"),
}
