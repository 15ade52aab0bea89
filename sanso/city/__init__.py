"""The typed model of a city, and how it is read from an inventory."""

from sanso.city.errors import CityError
from sanso.city.load import build_city, city_of, load_city
from sanso.city.model import City

__all__ = ["City", "CityError", "build_city", "city_of", "load_city"]
