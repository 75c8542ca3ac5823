"""The tagger: a pretrained character encoder fine-tuned to mark names and given goods."""
