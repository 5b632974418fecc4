#![no_main]

safeseat_fuzz::fuzz!(workbook);
