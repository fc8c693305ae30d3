"""Names and places of workload W: a synthetic load, grouped for the test only.

Spellings as they occur in event data; not a statement about anybody's standing or subordination.
Towns are rounded to a hundredth of a degree and serve as no gazetteer.
"""

from __future__ import annotations

PARTIES = ("GoS", "OPP", "SDF", "TUR", "RUS", "USA", "IRN", "ISIL", "NUSRA", "UNKNOWN", "CIV")
SIGNATORIES = PARTIES[:4]
BASE_NAMES = {
    "GoS": "Government of Syria; Syrian Arab Army; SAA; Regime forces; Military Forces of Syria "
    "(2000-); NDF; Republican Guard; Tiger Forces; Pro-government militia; Syrian Air Force",
    "OPP": "Syrian insurgents; FSA; Free Syrian Army; Ahrar al-Sham; Jaysh al-Islam; Opposition "
    "Rebels (Syria); Nour al-Din al-Zenki; Southern Front; Faylaq al-Rahman; Jaysh Idlib",
    "SDF": "SDF; YPG; YPJ; PYD; QSD; Syrian Democratic Forces; Jaysh al-Thuwar; Kurdish forces",
    "TUR": "Government of Turkey; Turkish Armed Forces; TSK; Military Forces of Turkey (2016-)",
    "RUS": "Russia; Government of Russia; VKS; Military Forces of Russia (2000-); Russian Air "
    "Force",
    "USA": "Government of United States of America; US-led Coalition; CJTF-OIR; Global Coalition",
    "IRN": "IRGC; Quds Force; Hezbollah; Hizballah; Liwa Fatemiyoun",
    "ISIL": "IS; ISIL; ISIS; Islamic State; Daesh",
    "NUSRA": "Jabhat al-Nusra; Nusra Front; JFS; Jabhat Fateh al-Sham; HTS",
    "UNKNOWN": "Unidentified Armed Group; XXX; unknown",
}
TARGETS = {
    "civilians": ("civilians", "IDP camp", "market", "residential area"),
    "medical": ("hospital", "clinic", "ambulance"),
    "aid": ("UN convoy", "SARC convoy", "aid warehouse"),
    "school": ("school",),
    "infrastructure": ("water station", "power line", "bridge"),
    "none": ("none",),
}
WEAPONS = (
    "small arms", "mortar", "artillery", "tank", "MLRS", "barrel bomb", "air missile", "cluster",
    "chemical", "IED device", "drone", "none",
)  # fmt: skip
KINDS = (
    "battle", "shelling", "air strike", "IED", "sniper", "airdrop", "abduction", "looting",
    "territory change", "weapon presence", "convoy blocked", "attack on convoy",
    "siege tightening", "protest", "agreement", "aid delivery", "patrol", "flight", "arrest",
    "strategic",
)  # fmt: skip
TOWNS = {
    "Damascus": (36.29, 33.51), "Homs": (36.72, 34.73), "Hama": (36.75, 35.13),
    "Aleppo": (37.16, 36.20), "Idlib": (36.63, 35.93), "Latakia": (35.78, 35.52),
    "Tartus": (35.89, 34.89), "Raqqa": (39.01, 35.95), "DeirEzZor": (40.15, 35.34),
    "Hasakah": (40.75, 36.50), "Qamishli": (41.23, 37.05), "Daraa": (36.10, 32.62),
    "Suwayda": (36.57, 32.71), "Quneitra": (35.82, 33.12), "Palmyra": (38.27, 34.56),
    "Manbij": (37.95, 36.53), "AlBab": (37.52, 36.37), "Azaz": (37.05, 36.59),
    "Saraqib": (36.80, 35.86), "Kobani": (38.35, 36.89), "AbuKamal": (40.92, 34.45),
    "Tabqa": (38.55, 35.84), "Jarabulus": (38.01, 36.82), "Madaya": (36.10, 33.69),
    "Zabadani": (36.10, 33.72), "Fuah": (36.70, 35.98), "Castello": (37.13, 36.26),
}  # fmt: skip
ROADS = (
    "Damascus-Homs", "Homs-Hama", "Hama-Saraqib", "Saraqib-Aleppo", "Latakia-Saraqib",
    "Aleppo-AlBab", "AlBab-Manbij", "Manbij-Raqqa", "Raqqa-DeirEzZor", "DeirEzZor-AbuKamal",
    "Hasakah-Qamishli", "Homs-Palmyra", "Palmyra-DeirEzZor", "Damascus-Daraa", "Daraa-Suwayda",
    "Damascus-Zabadani", "Tartus-Latakia", "Azaz-Aleppo", "Jarabulus-Manbij",
    "Hasakah-DeirEzZor",
)  # fmt: skip
SIEGES = (
    "Madaya", "Zabadani", "Fuah", "DeirEzZor", "Kobani", "Palmyra", "Quneitra", "Daraa", "Azaz",
    "AlBab",
)  # fmt: skip
NO_FLY = ("Aleppo", "Idlib", "Hama", "Homs", "Damascus", "Latakia")
STRIPS = (
    (3.0, ((37.05, 36.24), (37.13, 36.26), (37.17, 36.23))),
    (2.0, ((37.10, 36.13), (37.14, 36.16))),
)
EXCLUDED = ((39.6, 35.4, 1.3), (37.7, 36.4, 0.35), (36.55, 35.75, 0.33))
BOX = (35.5, 32.2, 42.5, 37.4)


def base_names(party: str) -> tuple[str, ...]:
    """Return the names of a party, in order."""
    return tuple(BASE_NAMES[party].split("; "))
