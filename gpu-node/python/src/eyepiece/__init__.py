"""Eyepiece from Python: live viewers in a notebook's cells."""

from eyepiece._viewer import ImageLayer, Viewer

__version__ = "0.1.0"

__all__ = ["ImageLayer", "Viewer", "__version__"]
