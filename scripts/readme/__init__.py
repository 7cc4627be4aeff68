"""What scripts/readme-check is made of."""
