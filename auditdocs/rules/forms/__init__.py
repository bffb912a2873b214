"""Forms as data: contracts, which items apply, the scales of answers, what is filled in before."""
