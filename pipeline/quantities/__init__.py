"""Counts with their classifiers, sums of money, and the figures that are neither."""

from pipeline.quantities._finder import QuantitiesParams, QuantityFinder

__all__ = ["QuantitiesParams", "QuantityFinder"]
