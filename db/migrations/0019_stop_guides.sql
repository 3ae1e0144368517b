CREATE TABLE "stop_guides" (
	"product_id" uuid NOT NULL,
	"place" text NOT NULL,
	"text_zh" text NOT NULL,
	"text_en" text,
	CONSTRAINT "stop_guides_product_id_place_pk" PRIMARY KEY("product_id","place")
);
--> statement-breakpoint
ALTER TABLE "stop_guides" ADD CONSTRAINT "stop_guides_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;