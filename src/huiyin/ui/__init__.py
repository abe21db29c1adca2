"""How Huiyin looks and speaks: base pages, components, dates in words, refusal sentences, /patterns."""
