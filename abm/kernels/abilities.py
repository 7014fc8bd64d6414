"""What the applications of AI together can do, from what each of them does at full use and how far it works."""

from __future__ import annotations

from abm.compiling.kernels import kernel

__all__ = ["CHANNELS", "add_up_applications"]

CHANNELS = 7  # of Structure.applied_channels, in this order
MATERIALS, ENERGY, CAPACITY, INVENTORY, QUALITY, RESEARCH, VALUE = range(CHANNELS)


@kernel
def add_up_applications(abilities, ready, office, plants, part, structure, office_ai, process_ai, forecast_gain):
    """Every field of ``abilities`` that changes; sums run in the order of the applications.

    ``ready`` (applications,) is the part of each that works, ``plants`` (applications,) the factor by which process
    applications save more or less than the table says, ``office`` says which are office applications, ``part``
    (occupations,) is the part of the time saved that office AI works alone.
    """
    tasks, channels = structure.applied_tasks, structure.applied_channels
    automated, augmented = abilities.automated, abilities.augmented
    materials, energy, capacity = abilities.materials, abilities.energy, abilities.capacity
    inventory, quality, research = abilities.inventory, abilities.quality, abilities.research
    office_value = abilities.office_value
    applications, sectors, groups = tasks.shape
    automated[:] = 0.0
    augmented[:] = 0.0
    for field in (materials, energy, capacity, inventory, quality, research):
        field[:] = 0.0
    office_value[:] = 0.0
    for a in range(applications):
        works = ready[a]
        if works <= 0.0:
            continue
        kind = 0 if office[a] else 1
        saved = works if office[a] else works * plants[a]
        for s in range(sectors):
            materials[kind, s] += process_ai.materials_gain * saved * channels[a, MATERIALS, s]
            energy[kind, s] += process_ai.energy_gain * saved * channels[a, ENERGY, s]
            capacity[kind, s] += process_ai.capacity_gain * saved * channels[a, CAPACITY, s]
            inventory[kind, s] += forecast_gain * saved * channels[a, INVENTORY, s]
            quality[kind, s] += saved * channels[a, QUALITY, s]
            research[kind, s] += works * channels[a, RESEARCH, s]
            if office[a]:
                office_value[s] += works * channels[a, VALUE, s]
            for o in range(groups):
                time = works * tasks[a, s, o]
                if time == 0.0:
                    continue
                if office[a]:
                    automated[0, s, o] += office_ai.automation * part[o] * time
                    augmented[s, o] += office_ai.augmentation * (1.0 - part[o]) * time
                else:
                    automated[1, s, o] += process_ai.automation * time
