"""How fast the program is, as ratios to bare Django on the same machine in the same run."""
