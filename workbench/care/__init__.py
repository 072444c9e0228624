"""The care model: findings, needs, actions, account plans and cards, and whether they balance."""
