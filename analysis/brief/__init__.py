"""The page that a minister reads, in English and Chinese: the question, the answer, and how sure it is."""
