"""Compose's little languages: text with places in, typed values with places out."""
