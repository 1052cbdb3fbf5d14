"""Pictures: pages that open anywhere, offline."""
