"use client";

export { BrokenReadingPage as default } from "@/components/layout/broken-page";
