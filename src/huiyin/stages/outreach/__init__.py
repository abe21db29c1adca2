"""Going out: office hours in villages, visits on invitation, suggestions heard and answered publicly."""
