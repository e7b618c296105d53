"""Checks: one file a family, one class a check, one ordered list of built-ins."""
