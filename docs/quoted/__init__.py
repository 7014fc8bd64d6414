"""The numbers of results that README and the site quote: which command gives each, and where each is quoted.

``make numbers`` runs the commands and writes what they gave into docs/generated/ and into the sentences that quote it.
"""
