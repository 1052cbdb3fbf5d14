"""How good the claims are: gold, scores, coverage."""
