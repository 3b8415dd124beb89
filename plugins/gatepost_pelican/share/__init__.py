"""What an article or an offer needs to be shown on LinkedIn: texts, links, a card and a carousel.

Nothing in it is invented: every sentence stands in the open part of the text, word for word.
"""
