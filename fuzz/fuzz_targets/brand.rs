#![no_main]

safeseat_fuzz::fuzz!(brand);
