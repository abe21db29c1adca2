"""An invented county town: its bodies, people and cases, to try things in."""
