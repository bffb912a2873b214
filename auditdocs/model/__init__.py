"""The nouns, frozen, in the order in which data becomes them.

tables -> extract -> case, people -> contract -> selection -> audit -> form -> ledger -> report
"""
