"""The simulated country: griffies with habits that receive our mail and answer it, and a world that knows the truth.

Everything follows from a seed, the council and the message that was received: the same mail gets the same answer, however
often and in whatever order it is asked for. The texts are invented. Start at country.py; replies.py beside this folder
makes a labelled set of it.
"""
