"""Tests of the rules: each states one as a promise."""
