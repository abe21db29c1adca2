"""Those who watch over the offices: they count what offices do, and open no matter for it."""
