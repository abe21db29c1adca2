"""Sealed matters: their keys, and the one seam through which their words go into rows and out of them."""
