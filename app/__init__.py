"""The planner's page: a server for one browser page over the model, see ``xinzhi app``.

It joins abm and analysis as the commands do: runs come from abm, numbers and words from analysis, and the page draws
them. ``server`` answers requests, ``scheduler`` runs seeds over warm processes, ``catalogue`` says what can be chosen,
``static`` is the page itself.
"""

from __future__ import annotations
