"""What can be found: kept beside the records by the ledger, in the same transaction."""
