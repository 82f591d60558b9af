"""Facts about the world, as data: each module names where it has them."""
