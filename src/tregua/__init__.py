"""tregua: a ceasefire implementation and monitoring centre in a box."""

__version__ = "0.1.0"
