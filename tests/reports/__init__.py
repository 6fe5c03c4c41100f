"""Tests of what makes, lays out and delivers the report."""
