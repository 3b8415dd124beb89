"""What others exported, brought in: WordPress, Ghost and Medium into Pelican Markdown. `python -m gatepost_pelican.importing`."""
