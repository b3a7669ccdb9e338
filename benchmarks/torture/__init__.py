"""Torture: what the line must survive, against real processes, with figures. Run it all with `make torture`."""
