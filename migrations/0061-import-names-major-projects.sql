-- A library file may name the major project that a project belongs to. Kept as it was written: which major projects there are is looked
-- up when the file is looked at and imported. A file without the column leaves what stands as it is.
alter table library_file_row add major_project text, add says_major boolean not null default false;
