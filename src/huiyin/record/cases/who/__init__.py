"""Who may find a case, who must stay away from it, who answers for it, and to whom it goes on."""
