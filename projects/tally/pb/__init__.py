"""Pabulib `.pb` files: the open format of published participatory budgeting elections (pabulib.org)."""

from projects.tally.pb.read import PbError, PbFile, parse, read
from projects.tally.pb.write import arguments, decimal, rule_value, write

__all__ = ["PbError", "PbFile", "arguments", "decimal", "parse", "read", "rule_value", "write"]
