"""The flow, one module a command: the map of the house, and the page to read first.

One row's way from `importer run FILE` to its report:

1. `cli.run` reads flags; `session` turns settings into a journal, a target and options.
2. `pipeline.run` takes the lease of the target and hands over to `execution`.
3. `steps.prepare` opens the files (`steps.opening`: `read` opens, `mapping` recognises and binds).
4. `steps.resolve` reads every chunk, maps its rows to entities, checks them (`validate`), and
   `steps.staging` sets them aside; `steps.lookup` says what to fetch from the target;
   `order` resolves every reference to a key, and gives every entity its level.
5. `steps.changes` compares desired with live state (`plan`): the item gets its planned change.
   `steps.prune` adds deletes, the guard holds what is too much. All goes into the journal now,
   what is unchanged packed together. The run has its plan, and the journal alone suffices to
   finish it: `saved_plan` and `resume` start here. `approve` lets `resume` send what was held,
   where `steps.approved` finds it still as it was planned.
6. `steps.send` sends (`send`): builds a batch of one level, records it, submits it through
   `targets`, settles the outcome of every item, bisects a refusal down to the row at fault.
7. `runs` combines the outcomes of items into that of the row; `report` writes them into the
   user's file (`importer.report`).

`check` ends after step 4, `plan` sends to a dry run in a journal of its own, `undo` replaces steps
3 to 5 by `steps.prepare_undo` and `steps.reverse`. The stages (`read`, `mapping`, `validate`,
`order`, `plan`, `send`, `report`) do not know each other, but for the nouns of `mapping`; `steps`
put them together.
"""
