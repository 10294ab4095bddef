"""The volunteers' part of the demo: told after the rounds, by the rooms' own services at past moments."""
