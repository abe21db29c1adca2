"""Words before others read them: what tells who wrote them, copies with places covered, calls noted down."""
