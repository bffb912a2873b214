"""The order of things: each step gathers, decides, applies; the rules decide, the places keep."""
