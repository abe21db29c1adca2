"""What happens by the clock alone, once each."""
