//! Sources of records: a Kafka consumer group, or files, behind one seam.
