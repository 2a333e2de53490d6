"""The search index, kept in the transaction that changes an article.

    triggers ──► search_due ──► upkeep ──► documents ──► the index of SQLite or PostgreSQL
    say which article has changed           what is indexed of it

Only `upkeep` is for others. How the index is asked: `storage/query/candidates/`.
"""
