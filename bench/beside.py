"""The same counts by pabutools, the field's reference library, in an environment of its own: nothing here is the portal's.

    python -m venv var/beside && var/beside/bin/pip install pabutools
    python bench/tally.py FILE.pb --beside var/beside/bin/python

Prints a line of JSON per rule: its name here, CPU seconds, the elected ids. pabutools counts with exact fractions (gmpy2).
"""

import json
import sys
import time

from pabutools.election import Cardinality_Sat, Cost_Sat, parse_pabulib
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares

RULES = {
    "greedy_votes": lambda *poll: greedy_utilitarian_welfare(*poll, sat_class=Cost_Sat),
    "mes_cost": lambda *poll: method_of_equal_shares(*poll, sat_class=Cost_Sat),
    "mes_card": lambda *poll: method_of_equal_shares(*poll, sat_class=Cardinality_Sat),
    "mes_cost_add1u": lambda *poll: method_of_equal_shares(*poll, sat_class=Cost_Sat, voter_budget_increment=1),
}


def main() -> None:
    instance, profile = parse_pabulib(sys.argv[1])
    for rule, elect in RULES.items():
        began = time.process_time()
        found = elect(instance, profile.as_multiprofile())
        told = {"rule": rule, "cpu": time.process_time() - began, "elected": sorted(project.name for project in found)}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
