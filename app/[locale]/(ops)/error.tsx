"use client";

export { BrokenWorkingPage as default } from "@/components/layout/broken-page";
