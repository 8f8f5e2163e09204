"""Eyepiece from Python: what a notebook's kernel imports."""

__version__ = "0.1.0"

__all__ = ["__version__"]
