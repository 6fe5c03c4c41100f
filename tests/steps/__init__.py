"""Tests of the steps, each on a real store."""
