CREATE TABLE "database_lines" (
	"cluster" text NOT NULL,
	"line" integer NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "database_lines_cluster_line_pk" PRIMARY KEY("cluster","line")
);
