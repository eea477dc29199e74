"""Training of Learn It Up's placement and selection networks."""
