"""The product's own functions, in the form in which the scoring programs call them."""

from pipelines.rules.cold_model import cold_probability

__all__ = ["cold_probability"]
